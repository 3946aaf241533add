"""Calendar files for people's own programs, and which days are working days. Pure: no database, no clock."""
