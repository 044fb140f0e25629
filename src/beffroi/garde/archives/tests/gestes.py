"""Une pièce à un bordereau, dans l'état et pour la cause qu'un essai veut,
sans jouer toute une procédure.
"""

from beffroi.contrat.marches.tests.gestes import bomy
from beffroi.garde.archives.models import Elimination
from beffroi.personnes.comptes.tests.personnes import LUNDI

CLE = "plis/00/0000"


def au_bordereau(etat: str = "detruite", *, restitution: str = "") -> Elimination:
    organisme, martine = bomy()
    organisme.courriel = "mairie@bomy.example"
    organisme.save(update_fields=["courriel"])
    bordereau = Elimination.objects.create(
        organisme=organisme,
        etat=etat,
        restitution=restitution,
        etablie_par=martine,
        etablie_le=LUNDI,
        empreinte="0" * 64,
        visee_par=martine,
        visee_le=LUNDI,
        date_du_visa=LUNDI.date(),
        sha256_du_visa="0" * 64,
        signataire="C. M.",
        **({"detruite_par": martine, "detruite_le": LUNDI} if etat == "detruite" else {}),
    )
    bordereau.lignes.create(
        rang=1,
        titre="Offre",
        sorte="Offre",
        nom="offre.pdf",
        taille=1,
        sha256="0" * 64,
        cle_de_stockage=CLE,
        jusqu_au=LUNDI.date(),
        source="CCP, art. R. 2184-12",
    )
    return bordereau
