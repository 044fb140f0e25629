from beffroi.consultations.tests.conftest import scene  # noqa: F401
