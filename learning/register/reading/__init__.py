"""Reading what officers upload: files, headings, cells, rows. Pure: no database, no request, no clock."""
