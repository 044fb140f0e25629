"""Ce que le PDF d'une facture montre : l'appel, ou l'avoir, puis chaque donnée que porte le XML."""

from dataclasses import replace

from beffroi.centre.contributions.services.emission import appel_de
from beffroi.centre.facturation.creancier import Creancier
from beffroi.centre.facturation.lecture import AFacturer
from droit.dates import en_toutes_lettres
from formats.document.modele import Bloc, Cadre, Chapitre, Document, Fiche, Liste, Tableau
from formats.document.phrases import phrase
from formats.facture import Adresse, Facture, Partie
from formats.sommes import au_centime


def document(une: AFacturer, facture: Facture, *, centre: Creancier) -> Document:
    """L'appel tel qu'il est parti, intitulé facture, et la facture à sa suite."""
    appel = appel_de(une.contribution, centre=centre.organisme)
    if une.avoir is None:
        return replace(
            appel,
            titre=f"Facture {une.contribution.exercice.annee}",
            nature="Facture",
            chapitres=(*appel.chapitres, Chapitre("Facture", _blocs(facture))),
        )
    return replace(
        appel,
        titre="Avoir",
        nature="Avoir",
        reference=facture.numero,
        etabli_le=une.avoir.accorde_le,
        ouverture=(
            Cadre("Rendu", phrase(au_centime(facture.a_payer)), (phrase(une.avoir.explication),)),
        ),
        chapitres=(Chapitre("Avoir", _blocs(facture)),),
    )


def _blocs(facture: Facture) -> tuple[Bloc, ...]:
    return (
        Fiche(tuple((nom, phrase(valeur)) for nom, valeur in _faits(facture) if valeur)),
        Tableau(
            legende="Lignes",
            entetes=("Objet", "Hors taxe"),
            lignes=tuple(
                (phrase(f"{une.libelle}. {une.precision}"), phrase(au_centime(une.montant)))
                for une in facture.lignes
            ),
            largeurs=(4, 1),
            a_droite=(1,),
        ),
        Liste(tuple(phrase(mention) for _, mention in facture.mentions.codees())),
    )


def _faits(facture: Facture) -> list[tuple[str, str]]:
    rectifiee, references = facture.rectifie, facture.references
    return [
        ("Numéro", facture.numero),
        ("Date", en_toutes_lettres(facture.emise_le)),
        (
            "Corrige",
            f"{rectifiee.numero} du {en_toutes_lettres(rectifiee.emise_le)}" if rectifiee else "",
        ),
        ("Vendeur", _partie(facture.vendeur)),
        ("Acheteur", _partie(facture.acheteur)),
        ("Convention", references.convention),
        ("Délibération", references.deliberation),
        ("Service Chorus Pro", references.service),
        ("Engagement", references.engagement),
        ("Total hors taxe", au_centime(facture.hors_taxe)),
        ("TVA", _tva(facture)),
        ("Arrondi", au_centime(facture.ajustement) if facture.ajustement else ""),
        ("Rendu" if facture.est_un_avoir else "À payer", au_centime(facture.a_payer)),
        ("Échéance", en_toutes_lettres(facture.echeance) if facture.echeance else ""),
        ("Paiement", facture.mentions.paiement),
        (
            "Numéro de TVA",
            facture.vendeur.numero_de_tva if facture.regime.demande_un_numero else "",
        ),
    ]


def _tva(facture: Facture) -> str:
    return facture.regime.motif or f"{au_centime(facture.tva)}, à {facture.regime.taux:f} %"


def _partie(partie: Partie) -> str:
    return f"{partie.nom}, {_adresse(partie.adresse)}, SIRET {partie.siret}"


def _adresse(adresse: Adresse) -> str:
    lieu = f"{adresse.code_postal} {adresse.ville}".strip()
    return ", ".join(ligne for ligne in (adresse.voie, adresse.complement, lieu) if ligne)
