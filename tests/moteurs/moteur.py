"""Quel moteur joue cet essai : le demander n'est pas en parler (`parole`)."""

from django.db import connection


def sur_postgresql() -> bool:
    return connection.vendor == "postgresql"
