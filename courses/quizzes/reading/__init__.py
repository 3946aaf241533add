"""Reading files of questions into drafts. Pure: no database, no request, no clock."""
