"""Barcodes of a remittance stub, each drawn as one SVG path: Code 128, QR, Intelligent Mail."""

from curbstop.documents.barcodes.code128 import code128_svg
from curbstop.documents.barcodes.imb import imb_svg
from curbstop.documents.barcodes.qr import qr_svg

__all__ = ["code128_svg", "imb_svg", "qr_svg"]
