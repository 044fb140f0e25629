"""Les lettres aux candidats non retenus deviennent un courrier :
un brouillon, un motif propre à chacun, rien ne part.
"""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges import services as echanges
from beffroi.choix.echanges.modeles import MODELES
from beffroi.choix.echanges.models import Courrier
from beffroi.choix.echanges.queries import plis_ouverts
from beffroi.choix.selection import queries
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat


def a_ecrire(consultation: Consultation) -> list[queries.Candidature]:
    """Celles dont la candidature est ouverte ;
    on n'écrit pas ici à l'auteur de ce qui est resté scellé.
    """
    ouvertes = set(plis_ouverts(consultation).values_list("pk", flat=True))
    return [c for c in queries.candidatures(consultation) if c.rejets and c.pli.pk in ouvertes]


@transaction.atomic
def preparer_le_courrier(
    *, consultation: Consultation, par: Utilisateur, maintenant: datetime
) -> Courrier:
    """Garde le brouillon d'un courrier de rejet, avec les motifs inscrits (CCP, art. R. 2181-1)."""
    ecartees = a_ecrire(consultation)
    if not ecartees:
        raise ConflitEtat(
            "Aucune lettre n'est à écrire ici : aucune candidature ouverte n'est écartée."
        )
    modele = MODELES["rejet_candidature"]
    projet = echanges.Projet(
        sorte=modele.sorte,
        sujet=modele.sujet,
        texte=modele.texte,
        a=[c.pli.equipe for c in ecartees],
    )
    courrier = echanges.rediger(
        consultation=consultation, projet=projet, par=par, maintenant=maintenant
    )
    motifs = {c.pli.equipe_id: motifs_de(c) for c in ecartees}
    textes = {
        e.reference: motifs[e.fil.equipe_id] for e in courrier.exemplaires.select_related("fil")
    }
    return echanges.ecrire_les_textes_propres(
        courrier=courrier, textes=textes, par=par.acteur, maintenant=maintenant
    )


def motifs_de(candidature: queries.Candidature) -> str:
    return "\n".join(
        f"{f'Lot {lot} : ' if lot else ''}{motif}" for lot, motif in candidature.rejets
    )
