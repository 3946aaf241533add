"""What can be learnt."""
