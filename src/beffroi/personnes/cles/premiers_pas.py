"""Les premiers pas vers une ouverture : une clé prête, puis un essai."""

from datetime import datetime

from beffroi.personnes.cles import queries
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import roles_de
from beffroi.socle.fondations.premiers_pas import PremierPas


def cle_d_ouverture(habilitation: Habilitation, *, le: datetime) -> PremierPas:
    """Une clé prête au moins, chez cet organisme ; qui n'ouvre pas n'en crée pas."""
    ouvre = Habilitation.Role.OUVREUR in roles_de(habilitation)
    return PremierPas(
        nom="cle",
        titre="Créer votre clé d'ouverture" if ouvre else "Créer une clé d'ouverture",
        detail="Sans clé, vos réponses resteraient scellées. Dix minutes et une imprimante.",
        fait=queries.une_cle_est_prete(habilitation.organisme, le),
        url="/cles/",
        geste="Créer la clé",
        a_defaut="" if ouvre else "Une personne qui ouvre les plis",
    )


def essai_d_ouverture(habilitation: Habilitation, *, le: datetime) -> PremierPas:
    """L'essai se fait sur la clé d'une consultation : il en faut une."""
    parts = queries.parts_chez(habilitation.organisme)
    return PremierPas(
        nom="essai",
        titre="Essayer d'ouvrir",
        detail="Une enveloppe d'essai s'ouvre avec votre clé : vous saurez que cela marche.",
        fait=parts.filter(canari_ouvert_le__isnull=False).exists(),
        url="/cles/",
        geste="Essayer",
        a_defaut=""
        if Habilitation.Role.OUVREUR in roles_de(habilitation)
        else "Une personne qui ouvre les plis",
        attend="" if parts.exists() else "consultation",
    )
