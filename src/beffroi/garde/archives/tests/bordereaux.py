"""Le bordereau d'une procédure dont le terme est passé : établi, visé, exécuté."""

from datetime import timedelta

from beffroi.contrat.achevement.tests.scene import SIGNE_LE
from beffroi.garde.archives import elimination
from beffroi.garde.archives.models import Elimination
from beffroi.garde.archives.services import Visa, detruire, etablir_un_bordereau, viser
from beffroi.socle.fondations.stockage import stockage

TERME = SIGNE_LE + timedelta(days=6 * 366)


def etabli(conclu) -> Elimination:
    return etablir_un_bordereau(
        consultation=conclu.consultation, par=conclu.martine, maintenant=TERME
    )


def vise(conclu, bordereau=None, *, code="", le=TERME) -> Elimination:
    bordereau = bordereau or etabli(conclu)
    visa = Visa(
        code=code or elimination.code(bordereau.empreinte),
        signataire="Claire Monchy, directrice",
        date=le.date(),
        nom="visa.pdf",
        octets=b"%PDF-1.4 visa",
    )
    return viser(elimination=bordereau, visa=visa, par=conclu.martine, maintenant=TERME)


def detruit(conclu, bordereau) -> Elimination:
    return detruire(elimination=bordereau, par=conclu.martine, maintenant=TERME)


def presents(cles) -> list[bool]:
    trouves: list[bool] = []
    for cle in cles:
        try:
            trouves.append(stockage().taille(cle) > 0)
        except FileNotFoundError:
            trouves.append(False)
    return trouves
