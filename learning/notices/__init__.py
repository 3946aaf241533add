"""Words to people: in the site and by mail, behind one door."""
