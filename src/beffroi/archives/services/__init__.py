"""Les actes des archives."""

from beffroi.archives.services.paquets import demander_un_paquet, etablir_un_paquet

__all__ = ["demander_un_paquet", "etablir_un_paquet"]
