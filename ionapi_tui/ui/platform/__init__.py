"""The only modules that touch what Textual does not publish. Checked with Textual 8.2."""
