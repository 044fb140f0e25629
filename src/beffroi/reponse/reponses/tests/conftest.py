from beffroi.reponse.depots.tests.conftest import _stockage_a_part, consultation, faitage  # noqa: F401
