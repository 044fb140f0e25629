"""Ce que la commission lit de l'analyse : deux contextes côte à côte, que le portail relie."""

from collections.abc import Sequence

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse.queries import classement_de, lots_valides, ouvertures_d_offres
from beffroi.choix.analyse.queries.lecture import analyse_de
from beffroi.choix.commissions.ports import OffreALire
from beffroi.socle.fondations.stockage import stockage


class Analyse:
    """Les offres dans l'ordre du classement ;
    sans analyse, celles que la séance a ouvertes, dans l'ordre d'arrivée.
    """

    def offres(self, consultation: Consultation, lot: int | None) -> Sequence[OffreALire]:
        classees = [
            OffreALire(
                o.pli,
                o.variante,
                o.rang,
                o.montant,
                o.motif or o.elimination if o.elimination else "",
            )
            for o in classement_de(consultation, lot)
        ]
        if classees:
            return classees
        plis = {
            ouverture.pli_id: ouverture.pli for ouverture in ouvertures_d_offres(consultation, lot)
        }
        return [OffreALire(pli) for pli in plis.values()]

    def a_son_rapport(self, consultation: Consultation, lot: int | None) -> bool:
        return lot in lots_valides(consultation)

    def rapport(self, consultation: Consultation, lot: int | None) -> bytes | None:
        valide = analyse_de(consultation, lot).rapport
        if valide is None:
            return None
        with stockage().lire(valide.pdf) as flux:
            return flux.read()


analyse = Analyse()
