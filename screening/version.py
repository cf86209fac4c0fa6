"""The version of the code, a constant so that no package metadata is read at import."""

CODE_VERSION = "0.1.0"
