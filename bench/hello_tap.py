"""The bare page the phone's benchmark compares with: one button that says hello."""

import streamlit as st

if st.button("Tap"):
    st.session_state["n"] = st.session_state.get("n", 0) + 1
st.write(f"Hello {st.session_state.get('n', 0)}")
