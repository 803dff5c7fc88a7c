"""Reports as files: they work without a running Streamlit."""
