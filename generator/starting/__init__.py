"""Starting things: a note about words of a source, or the files of something new."""
