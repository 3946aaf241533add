"""Pages of officers who keep the register."""
