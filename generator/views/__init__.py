"""Views: one frozen value a page, complete; a template gets it and can reach nothing else."""
