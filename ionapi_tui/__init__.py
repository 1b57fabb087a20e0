"""Create an Infor ION API file step by step and keep its secrets in the OS keyring."""

__version__ = "0.1.0"
