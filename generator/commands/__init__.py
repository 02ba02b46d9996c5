"""The commands: what each of them does, one module for those that belong together."""
