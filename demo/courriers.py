"""Les courriers de la démonstration : lus, répondus, à relancer, en brouillon.

Joués par les services.
"""

from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.echanges import modeles, services
from beffroi.choix.echanges.models import Courrier
from beffroi.publicite.retraits.services import nommer_son_entreprise
from demo.peuplement import Troupe


def raconter(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """Une demande de précisions à deux entreprises ouvertes :
    l'une lit et répond, l'autre ne lit pas. Et un brouillon.
    """
    demande = rediger(consultation, troupe, "precisions", chez=("faitage", "zingueurs"), le=le)
    propres = {
        exemplaire.reference: (f"- le délai, en semaines, où {exemplaire.fil.equipe.nom} s'engage.")
        for exemplaire in demande.exemplaires.select_related("fil__equipe")
    }
    par = troupe.personnes["martine"]
    services.ecrire_les_textes_propres(
        courrier=demande, textes=propres, par=par.acteur, maintenant=le
    )
    services.envoyer(courrier=demande, par=par, maintenant=le)
    repondre(demande, troupe, qui="sophie", chez="faitage", le=le + timedelta(hours=3))
    rediger(
        consultation, troupe, "rejet_offre_adaptee", chez=("zingueurs",), le=le + timedelta(hours=4)
    )


def ecrire_avant(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """Avant l'heure limite, un message à l'entreprise qui s'est nommée ;
    personne ne l'a encore lu.
    """
    membre = troupe.equipes["etoile"].membres.get(utilisateur=troupe.personnes["emile"])
    nommer_son_entreprise(
        consultation=consultation, membre=membre, prevenir=False, maintenant=le - timedelta(hours=1)
    )
    information = rediger(
        consultation,
        troupe,
        "information",
        chez=("etoile",),
        le=le,
        message="La visite du mercredi est maintenue.",
    )
    services.envoyer(courrier=information, par=troupe.personnes["martine"], maintenant=le)


def rediger(
    consultation: Consultation,
    troupe: Troupe,
    modele: str,
    *,
    chez: tuple[str, ...],
    le: datetime,
    message: str = "",
) -> Courrier:
    lettre = modeles.MODELES[modele]
    projet = services.Projet(
        sorte=lettre.sorte,
        sujet=lettre.sujet,
        texte=lettre.texte.replace("[votre message]", message),
        a=[troupe.equipes[cle] for cle in chez],
        reponse_avant=le + timedelta(days=5) if lettre.sorte == Courrier.Sorte.PRECISIONS else None,
    )
    return services.rediger(
        consultation=consultation, projet=projet, par=troupe.personnes["martine"], maintenant=le
    )


def repondre(courrier: Courrier, troupe: Troupe, *, qui: str, chez: str, le: datetime) -> None:
    fil = courrier.exemplaires.get(fil__equipe=troupe.equipes[chez]).fil
    services.lire(fil=fil, par=troupe.personnes[qui], maintenant=le - timedelta(minutes=10))
    reponse = services.Reponse(
        texte="Le délai est de six semaines, à compter de l'ordre de service.", cle="demonstration"
    )
    services.repondre(fil=fil, reponse=reponse, par=troupe.personnes[qui], maintenant=le)
