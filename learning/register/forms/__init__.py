"""What officers write into the register."""
