"""Les versions du SEDA que l'on écrit et que l'on lit, et l'espace de noms de chacune."""

ESPACE = "fr:gouv:culture:archivesdefrance:seda:v"
# La plus répandue dans les systèmes d'archivage en service ;
# 2.3 est la dernière publiée (juin 2024).
D_OFFICE = "2.1"
VERSIONS = ("2.1", "2.2", "2.3")


def espace(version: str) -> str:
    return f"{ESPACE}{version}"


def version_de(espace_de_noms: str) -> str:
    """« 2.1 » ; vide si cet espace de noms n'est celui d'aucune version connue."""
    version = espace_de_noms.removeprefix(ESPACE)
    return version if espace_de_noms.startswith(ESPACE) and version in VERSIONS else ""
