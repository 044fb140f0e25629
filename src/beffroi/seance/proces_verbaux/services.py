"""Les actes du procès-verbal : le sceller à la clôture ;
garder, à côté, celui que des personnes ont signé.
"""

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.services.table import noter
from beffroi.seance.proces_verbaux import composition, queries, rules
from beffroi.seance.proces_verbaux.models import ProcesVerbal, ProcesVerbalSigne
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.stockage import nouvelle_cle, stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import engager_les_lignes, signer_un_point_de_controle
from formats import proces_verbal as format_du_proces_verbal


@transaction.atomic
def sceller_le_proces_verbal(*, seance: Seance, par: Acteur, maintenant: datetime) -> ProcesVerbal:
    """Écrit le procès-verbal de la séance qui se clôt, et en scelle l'empreinte au journal."""
    document = composition.composer(seance, etabli_le=maintenant)
    octets = format_du_proces_verbal.pdf(document)
    cle, sha256 = nouvelle_cle("proces-verbaux"), hashlib.sha256(octets).hexdigest()
    stockage().ecrire(cle, io.BytesIO(octets))
    donnees = {"sha256": sha256, "taille": len(octets)}
    numero = noter("proces_verbal.scelle", seance=seance, par=par, le=maintenant, donnees=donnees)
    proces_verbal = ProcesVerbal.objects.create(
        seance=seance,
        contenu=composition.document(document),
        cle_de_stockage=cle,
        sha256=sha256,
        etabli_le=maintenant,
        ecriture=numero,
    )
    engager_les_lignes(sujet=seance.reference, par=par, le=maintenant)
    return proces_verbal


@transaction.atomic
def signer_le_proces_verbal(
    *,
    seance: Seance,
    mode: str,
    signataires: Sequence[str],
    flux: BinaryIO,
    par: Utilisateur,
    maintenant: datetime,
) -> ProcesVerbalSigne:
    """Garde le document signé, son empreinte, et le nom de qui l'a signé ;
    celui de la plateforme ne change pas.
    """
    seance = verrouiller(seance)
    scelle: ProcesVerbal | None = queries.proces_verbal_de(seance)
    attendus = queries.signataires_attendus(seance)
    exiger(
        rules.peut_se_signer(close=scelle is not None, signataires=signataires, attendus=attendus)
    )
    assert scelle is not None  # la règle vient de le dire
    octets = flux.read(rules.OCTETS_D_UN_PROCES_VERBAL_SIGNE + 1)
    sha256 = hashlib.sha256(octets).hexdigest()
    identique = sha256 == scelle.sha256
    exiger(
        rules.document_signe(debut=octets[:5], taille=len(octets), identique_au_scelle=identique)
    )
    if scelle.signes.filter(sha256=sha256).exists():
        raise ConflitEtat("Ce document signé est déjà déposé.")
    cle = nouvelle_cle("proces-verbaux-signes")
    flux.seek(0)
    stockage().ecrire(cle, flux)
    donnees = {
        "mode": mode,
        "signataires": list(signataires),
        "sha256": sha256,
        "taille": len(octets),
    }
    numero = noter("seance.signer", seance=seance, par=par.acteur, le=maintenant, donnees=donnees)
    signe = ProcesVerbalSigne.objects.create(
        proces_verbal=scelle,
        mode=mode,
        signataires=list(signataires),
        taille=len(octets),
        sha256=sha256,
        cle_de_stockage=cle,
        depose_par=par,
        depose_le=maintenant,
        ecriture=numero,
    )
    engager_les_lignes(sujet=seance.reference, par=par.acteur, le=maintenant)
    # La séance est close depuis longtemps, parfois :
    # rien d'autre ne signerait de tête qui couvre ce dépôt.
    signer_un_point_de_controle(le=maintenant)
    return signe
