"""Ce que le profil d'acheteur ne donne pas :
des documents, et les outils que l'entreprise n'a pas d'ordinaire.
"""

from dataclasses import dataclass

from droit.citation import Article


@dataclass(frozen=True, kw_only=True)
class RaisonHorsProfil:
    """Une raison que le code admet. `code` :
    celui de la liste européenne des justifications, vide s'il n'y en a pas.

    `a_verifier` : les mots n'ont pas été relus dans le code lui-même.
    """

    cle: str
    libelle: str
    article: Article
    code: str = ""
    a_verifier: bool = False

    @property
    def phrase(self) -> str:
        """« Une raison technique (R. 3122-11) »."""
        return f"{self.libelle[0].upper()}{self.libelle[1:]} ({self.article.numero})"


def _ccp(numero: str) -> Article:
    return Article("CCP", numero)


RAISONS_HORS_PROFIL = {
    raison.cle: raison
    for raison in (
        RaisonHorsProfil(
            cle="volume", libelle="trop volumineux pour être téléchargé", article=_ccp("R. 2132-5")
        ),
        RaisonHorsProfil(
            cle="confidentialité",
            libelle="protégé par la confidentialité",
            article=_ccp("R. 2132-5"),
            code="sen-info",
        ),
        RaisonHorsProfil(
            cle="outil",
            libelle="un outil ou un format peu courant",
            article=_ccp("R. 2132-12, 3°"),
            code="tdf-non-av",
        ),
        RaisonHorsProfil(
            cle="format",
            libelle="un format protégé qui ne peut pas être mis à disposition",
            article=_ccp("R. 2132-12, 4°"),
            code="ipr-iss",
        ),
        RaisonHorsProfil(
            cle="équipement",
            libelle="un équipement de bureau spécialisé",
            article=_ccp("R. 2132-12, 5°"),
            code="sp-of-eq",
        ),
        RaisonHorsProfil(
            cle="maquette",
            libelle="une maquette, un modèle réduit ou un échantillon",
            article=_ccp("R. 2132-12, 6°"),
            code="phy-mod",
        ),
        RaisonHorsProfil(
            cle="sécurité",
            libelle="des informations particulièrement sensibles",
            article=_ccp("R. 2132-12, 7°"),
            code="sen-info",
        ),
    )
}
# Les trois cas de l'article R. 3122-11,
# dits avec les mots de la directive qu'il transpose (2014/23/UE, art. 34, § 2).
RAISONS_HORS_PROFIL_EN_CONCESSION = {
    raison.cle: raison
    for raison in (
        RaisonHorsProfil(
            cle="sécurité exceptionnelle",
            libelle="des conditions de sécurité exceptionnelles",
            article=_ccp("R. 3122-11"),
            a_verifier=True,
        ),
        RaisonHorsProfil(
            cle="raison technique",
            libelle="une raison technique",
            article=_ccp("R. 3122-11"),
            a_verifier=True,
        ),
        RaisonHorsProfil(
            cle="information commerciale",
            libelle=(
                "des informations commerciales particulièrement sensibles, "
                "à protéger à un très haut niveau"
            ),
            article=_ccp("R. 3122-11"),
            code="sen-info",
            a_verifier=True,
        ),
    )
}


def raisons_hors_profil(*, concession: bool) -> dict[str, RaisonHorsProfil]:
    """Celles que ce contrat admet, par leur clé (CCP, art. R. 2132-5, R. 2132-12 et R. 3122-11)."""
    return RAISONS_HORS_PROFIL_EN_CONCESSION if concession else RAISONS_HORS_PROFIL


def raison_hors_profil(cle: str) -> RaisonHorsProfil | None:
    """La raison de cette clé, quel que soit le contrat ; rien pour un achat décrit autrement."""
    return RAISONS_HORS_PROFIL.get(cle) or RAISONS_HORS_PROFIL_EN_CONCESSION.get(cle)


@dataclass(frozen=True, kw_only=True)
class DocumentHorsProfil:
    """Un document que le profil ne donne pas :
    pourquoi, et comment l'obtenir (CCP, art. R. 2132-5).

    `cle_de_la_raison` : celle de `raison_hors_profil` ; vide pour un achat décrit autrement.
    """

    intitule: str
    raison: str
    moyen_d_acces: str
    engagement_de_confidentialite: str = ""
    cle_de_la_raison: str = ""

    @property
    def article(self) -> str:
        """L'article qui admet la raison donnée ; vide pour une raison que les tables ignorent."""
        raison = raison_hors_profil(self.cle_de_la_raison)
        return str(raison.article) if raison else ""


ACCES_A_L_OUTIL = {
    "gratuit": "un accès gratuit, complet et direct, dès l'avis",
    "jeton": "un jeton provisoire et gratuit, en ligne",
    "autre voie": "une autre voie électronique, pour qui n'a pas l'outil",
}


@dataclass(frozen=True, kw_only=True)
class OutilParticulier:
    """Un outil que l'on n'a pas d'ordinaire,
    et comment l'acheteur y donne accès (CCP, art. R. 2132-10 et R. 2132-14).

    `acces` : une clé de `ACCES_A_L_OUTIL`.
    """

    nom: str
    acces: str
    adresse: str = ""
    conditions: str = ""
