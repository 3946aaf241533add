"""Forms of the register: filters, revoking and replacing, lists of papers."""
