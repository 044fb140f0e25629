from beffroi.achat.consultations.tests.conftest import scene  # noqa: F401
