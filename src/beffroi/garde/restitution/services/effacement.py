"""Faire effacer ce qui a été rendu : un bordereau, que le visa des archives
approuve ; rien n'est détruit ici.
"""

from datetime import datetime

from beffroi.achat.consultations.models import NON_PUBLIEES
from beffroi.garde.archives.dossier import dossier_de
from beffroi.garde.archives.models import Elimination
from beffroi.garde.archives.services import etablir_apres_restitution
from beffroi.garde.restitution import composition, gardees, rules
from beffroi.garde.restitution.models import Restitution
from beffroi.garde.restitution.queries import inventaire_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.queries import est_parti
from beffroi.socle.fondations.erreurs import exiger


def faire_effacer(
    *, restitution: Restitution, par: Utilisateur, maintenant: datetime
) -> Elimination:
    """Le bordereau de chaque pièce rendue, brouillons et hors consultation compris,
    à l'empreinte que l'archive en porte.
    """
    organisme = restitution.organisme
    toutes, (finies, brouillons) = (
        composition.consultations_de(organisme),
        gardees.a_effacer(organisme, le=maintenant),
    )
    siennes = list(gardees.gardees(organisme, [*finies, *brouillons], le=maintenant))
    inventaire = inventaire_de(restitution)
    exiger(
        rules.peut_faire_effacer(
            etat=restitution.etat,
            est_parti=est_parti(organisme),
            en_cours=sum(une.etat not in NON_PUBLIEES for une in toutes) - len(finies),
            gels=sorted({motif for une in finies for motif in dossier_de(une).gels}),
            nouvelles=sum(piece.cle not in inventaire for _, piece in siennes),
        )
    )
    dites = ((une, piece, inventaire[piece.cle]) for une, piece in siennes)
    rendus = gardees.rendus(dites, gardees.copies(organisme, finies))
    return etablir_apres_restitution(
        organisme=organisme,
        rendus=rendus,
        restitution=restitution.reference,
        par=par,
        maintenant=maintenant,
    )
