"""The only modules that touch what Textual and its neighbours do not publish, and what systems do differently."""
