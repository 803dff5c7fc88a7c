"""The pages of the room beside Streamlit: the wall and the devices that follow it."""
