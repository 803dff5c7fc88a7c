"""Parts of the stage that names columns: reading headings, reading contents, choosing kind and fields together."""
