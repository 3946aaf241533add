"""Organization and Membership: who belongs where, in which position, since when."""
