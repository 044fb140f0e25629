"""Chaque test a son disque, comme au dépôt."""

from beffroi.reponse.depots.tests.conftest import _stockage_a_part  # noqa: F401
