"""Dire si des équipes de la même entreprise font un seul soumissionnaire."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import queries, rules
from beffroi.reponse.depots.models import Pli, SoumissionnaireDit
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def dire_les_soumissionnaires(
    *, plis: Sequence[Pli], un_seul: bool, motif: str, par: Utilisateur, maintenant: datetime
) -> SoumissionnaireDit:
    """L'acheteur tranche, l'heure passée et rien d'ouvert : un seul soumissionnaire, dont la
    dernière offre seule s'ouvre, ou plusieurs, et chacune s'ouvre (CCP, art. R. 2151-6).
    """
    premier = plis[0]
    consultation, tour = verrouiller(premier.consultation, avec=("organisme",)), premier.tour
    exiger(rules.peut_dire_les_soumissionnaires(le=maintenant, date_limite=premier.limite_actuelle))
    exiger(rules.decision_motivee(motif=motif))
    attendus = {pli.reference for pli in plis}
    if attendus not in [
        {pli.reference for pli in groupe} for groupe in queries.plis_en_question(consultation, tour)
    ]:
        raise ConflitEtat("Cela vient d'être dit, ou une réponse a changé. Rechargez la page.")
    dit = SoumissionnaireDit.objects.create(
        consultation=consultation,
        tour=tour,
        equipes=sorted({pli.equipe.reference for pli in plis}),
        un_seul=un_seul,
        motif=motif.strip(),
        dit_par=par,
        dit_le=maintenant,
    )
    journaliser(
        "pli.dire_les_soumissionnaires",
        sujet=consultation.reference,
        par=par.acteur,
        le=maintenant,
        organisme=consultation.organisme.siret,
        donnees={"plis": sorted(attendus), "un_seul": un_seul, "motif": motif.strip()},
    )
    return dit
