"""Every write of the register, one function per verb."""
