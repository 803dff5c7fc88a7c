"""The bare page the viewers' benchmark compares with: what Streamlit itself costs."""

import streamlit as st

st.title("Hello")
st.write("A bare page.")
