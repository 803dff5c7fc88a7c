"""How well partners' spreadsheets are understood: labelled workbooks, scored per layout family (``make evaluate``)."""
