"""The bank as files that other programs read: GIFT, Moodle XML, our spreadsheet. What a format cannot say is listed."""
