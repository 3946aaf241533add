"""Province, District, ProvincialOffice, TransferCenter, with official codes; the loader command."""
