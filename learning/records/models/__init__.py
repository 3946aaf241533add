"""Batches of certificates, bundles to print, registers of paper, training records, shared wallets."""

from learning.records.models.batches import BatchItem, IssueBatch
from learning.records.models.bundles import Bundle
from learning.records.models.registers import PaperRegister, PaperRow
from learning.records.models.showing import TrainingRecord, WalletShare

__all__ = ["BatchItem", "Bundle", "IssueBatch", "PaperRegister", "PaperRow", "TrainingRecord", "WalletShare"]
