"""What a person has to show, and the register of certificates that an office keeps."""
