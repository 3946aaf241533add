"""What reading loads only where a file asks for it, loaded while files can still be opened."""

import codecs
import io

import cryptography.hazmat.backends.openssl.backend  # how signatures are compared
import lxml.etree  # metadata that was changed after signing
import pikepdf
import pyhanko.pdf_utils.crypt.pdfmac
import pyhanko.pdf_utils.filters
import pyhanko.pdf_utils.metadata.xmp_xml
import pyhanko.sign.fields

from certification.checking.apart import signatures, structure

# Of the names in certificates and the texts in PDFs.
CODECS = "ascii cp1252 idna latin1 punycode utf-8-sig utf-16 utf-16-be utf-16-le utf-32-be"
for name in CODECS.split():
    codecs.lookup(name)

# qpdf opens the kernel's source of randomness for the first encrypted file, and keeps it.
with pikepdf.new() as empty:
    empty.save(io.BytesIO(), encryption=pikepdf.Encryption(user="", owner="owner"))

__all__ = ["cryptography", "lxml", "pyhanko", "signatures", "structure"]
