"""The page behind a personal link: plain HTML for a phone, without Streamlit and without a sign-in."""
