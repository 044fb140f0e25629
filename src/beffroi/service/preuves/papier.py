"""Deux pages pour un juge : ce qui s'est passé, dans l'ordre, et ce que cette preuve ne dit pas."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from beffroi.reponse.depots import limits
from beffroi.reponse.traces.models import Nature
from beffroi.reponse.traces.ports import Fait
from beffroi.reponse.traces.rules import limites_en_phrase
from beffroi.service.disponibilite.models import Evenement
from beffroi.service.preuves import mesures
from beffroi.service.preuves.faits import Certificat, Periode, Preuve, Tentative, numero
from beffroi.socle.fondations import exploitant
from formats import dates
from formats import document as d
from formats.pluriels import compter

TITRES = {"attestation": "Attestation de tentative de dépôt", "dossier": "Dossier de preuve"}
ETAT = "L'état du service"
# Au-delà, le papier renvoie au JSON : un juge lit deux pages, et trouve le reste à côté.
# Ce qui se dispute est à la fin.
FAITS_SUR_PAPIER = {"attestation": 60, "dossier": 25}
# Les dernières heures limites ont leur chapitre ; celles d'avant, une ligne chacune :
# dix prolongations restent courtes.
FENETRES_DETAILLEES = 2
VALEUR = (
    "Chaque dépôt, et chaque minute de traces, est une écriture d'un registre qui ne change pas.",
    "Un message affiché est celui que la page a rapporté, à l'heure où le serveur l'a reçu. "
    "S'il ne l'a reçu que bien après, l'heure du poste est dite aussi.",
    "Ce qu'un poste n'a jamais pu rapporter, sans réseau ou éteint, n'y est pas.",
    "Les dernières secondes avant un arrêt brutal de la machine peuvent manquer.",
    "Ce qu'une page a rapporté dans les deux minutes d'avant cette preuve peut ne pas y être.",
    "Rien n'y est dit du contenu d'une réponse.",
)
VERIFIER = (
    "Pour vérifier, sans réseau : ./beffroi verifier suivi du nom de l'archive. Voir VERIFIER.txt."
)


def pdf(preuve: Preuve) -> bytes:
    return d.pdf(document(preuve))


def document(preuve: Preuve) -> d.Document:
    consultation = preuve.consultation
    return d.Document(
        titre=TITRES[preuve.sorte],
        objet=consultation.titre,
        reference=consultation.reference,
        emetteur=d.Emetteur(exploitant.nom(preuve.etablie_le)),
        etabli_le=preuve.etablie_le,
        ouverture=(_fiche(preuve), d.Paragraphe(d.phrase(_en_bref(preuve)))),
        chapitres=(
            *((_toutes(preuve),) if preuve.sorte == "dossier" else ()),
            *(
                _chapitre(une, FAITS_SUR_PAPIER[preuve.sorte])
                for une in preuve.tentatives
                if _se_detaille(preuve, une)
            ),
            *_services(preuve.periodes),
            ce_que_cela_vaut("Ce que cette preuve vaut, et ce qu'elle ne dit pas", VALEUR),
        ),
        numerote=False,
    )


def _fiche(preuve: Preuve) -> d.Fiche:
    limite = preuve.consultation.date_limite_remise
    return d.Fiche(
        (
            ("Référence", d.phrase(preuve.reference)),
            ("Acheteur", d.phrase(preuve.consultation.organisme.nom)),
            (
                "Heure limite",
                d.phrase(dates.jour_et_heure_limite(limite) if limite else "Non fixée"),
            ),
            ("Établie le", d.phrase(dates.jour_et_heure(preuve.etablie_le, exacte=True))),
        )
    )


def _en_bref(preuve: Preuve) -> str:
    deposees = sum(bool(une.plis) for une in preuve.tentatives)
    if preuve.sorte == "attestation":
        return (
            "Cette réponse a été déposée."
            if deposees
            else "Cette réponse a été commencée. Elle n'a pas été déposée."
        )
    commencees = compter(len(preuve.tentatives), "réponse commencée", "réponses commencées")
    return f"{commencees}, {compter(deposees, 'déposée')}. Aucun contenu n'est montré ici."


def _toutes(preuve: Preuve) -> d.Chapitre:
    """Une ligne par réponse : celles déposées à temps n'ont rien de plus à dire sur papier."""
    lignes = tuple(
        (
            d.phrase(une.entreprise),
            d.phrase(_quand(une.brouillon.commence_le)),
            d.phrase(_fichiers(une)),
            d.phrase(_depot(une)),
        )
        for une in preuve.tentatives
    )
    table = d.Tableau(
        legende=(
            "Toutes les réponses, dans l'ordre où elles ont été commencées, à l'heure de Paris."
        ),
        entetes=("Entreprise", "Commencée", "Fichiers arrivés", "Dépôt"),
        lignes=lignes,
        largeurs=(4, 3, 2, 4),
    )
    reste = "Le détail de chacune est dans preuve.json."
    if any(_se_detaille(preuve, une) for une in preuve.tentatives):
        reste += " Ci-dessous, celles qui n'ont pas été déposées à temps."
    return d.Chapitre(
        "Les réponses", (table, d.Paragraphe(d.phrase(reste), "note")) if lignes else ()
    )


def _se_detaille(preuve: Preuve, tentative: Tentative) -> bool:
    return preuve.sorte == "attestation" or not any(not pli.hors_delai for pli in tentative.plis)


def _fichiers(tentative: Tentative) -> str:
    gardes = [
        fichier for fichier in tentative.brouillon.fichiers.all() if fichier.ecarte_le is None
    ]
    return f"{sum(fichier.termine_le is not None for fichier in gardes)} sur {len(gardes)}"


def _depot(tentative: Tentative) -> str:
    if not tentative.plis:
        return "Rien n'a été déposé"
    dernier = tentative.plis[-1]
    quand = "hors délai" if dernier.hors_delai else "dans les délais"
    retiree = ", puis retirée" if dernier.retire_le else ""
    return f"Déposée le {_quand(dernier.recu_le)}, {quand}, {dernier.reference}{retiree}"


def _quand(instant: datetime) -> str:
    return f"{dates.jour(instant)} à {dates.heure(instant)}"


def _resume(tentative: Tentative) -> str:
    """Ce qu'un juge lit avant la table."""
    commencee = _quand(tentative.brouillon.commence_le)
    phrases = [
        f"Commencée le {commencee}. Fichiers arrivés : {_fichiers(tentative)}. {_depot(tentative)}."
    ]
    reprises = sum(trace.nature == Nature.REPRISE for trace in tentative.traces)
    if reprises:
        phrases.append(f"Envois repris après un échec : {reprises}.")
    messages = [trace for trace in tentative.traces if trace.nature == Nature.MESSAGE]
    if messages:
        dernier = max(messages, key=lambda trace: trace.le)
        phrases.append(
            f"Dernier message affiché : « {dernier.texte} », rapporté le {_quand(dernier.le)}."
        )
    return " ".join(phrases)


def _limites(tentative: Tentative) -> str:
    """Celles que le serveur appliquait alors ; à défaut celles du jour, et cela se dit."""
    if not tentative.limites:
        return (
            "Les limites en vigueur pendant cette tentative n'ont pas été notées. "
            f"Celles du service à l'heure de cette preuve : {limites_en_phrase(limits.annonce())}."
        )
    dites = [
        f"le {_quand(trace.le)}, {limites_en_phrase(trace.details)}" for trace in tentative.limites
    ]
    return f"Limites en vigueur, telles que le serveur les a notées : {' ; puis '.join(dites)}."


def _chapitre(tentative: Tentative, au_plus: int) -> d.Chapitre:
    """Ce qu'il faut en retenir, puis une table par jour : l'heure suffit à chaque ligne."""
    montres = tentative.faits[-au_plus:]
    blocs: list[d.Bloc] = [
        d.Paragraphe(d.phrase(dit)) for dit in (_resume(tentative), _limites(tentative))
    ]
    avant = len(tentative.faits) - len(montres)
    if avant:
        quoi = "Un fait plus ancien est" if avant == 1 else f"{avant} faits plus anciens sont"
        blocs.append(d.Paragraphe(d.phrase(f"{quoi} dans preuve.json."), "note"))
    blocs += [
        _table(jour, tuple(faits))
        for jour, faits in groupby(montres, key=lambda f: dates.jour(f.le))
    ]
    return d.Chapitre(
        f"{tentative.entreprise}, réponse {tentative.brouillon.reference}", tuple(blocs)
    )


def _table(jour: str, faits: Sequence[Fait]) -> d.Tableau:
    return d.Tableau(
        legende=f"Le {jour}, à l'heure de Paris que tenait le serveur.",
        entetes=("Heure", "Quoi", "Précision"),
        lignes=tuple(
            (
                d.phrase(f"{dates.heure_exacte(fait.le)}{dates.laquelle(fait.le)}"),
                d.phrase(fait.quoi),
                d.phrase(fait.precision),
            )
            for fait in faits
        ),
        largeurs=(2, 4, 6),
    )


def _titre(periode: Periode, *, seule: bool) -> str:
    """Une fenêtre par heure limite, celles d'avant comprises : chacune dit la sienne."""
    if seule and len(periode.limites) < 2:
        return ETAT
    autour = [dates.jour_et_heure_limite(limite) for limite in periode.limites]
    return f"{ETAT}, heure limite du {' puis du '.join(autour)}" if autour else ETAT


def _services(periodes: Sequence[Periode]) -> tuple[d.Chapitre, ...]:
    avant, dernieres = periodes[:-FENETRES_DETAILLEES], periodes[-FENETRES_DETAILLEES:]
    detailles = tuple(service(une, _titre(une, seule=len(periodes) == 1)) for une in dernieres)
    return ((_d_avant(avant),) if avant else ()) + detailles


def _d_avant(periodes: Sequence[Periode]) -> d.Chapitre:
    lignes = d.Liste(tuple(d.phrase(_en_une_ligne(une)) for une in periodes))
    note = d.Paragraphe(d.phrase("Le détail de chacune est dans preuve.json."), "note")
    return d.Chapitre(f"{ETAT}, heures limites d'avant", (lignes, note))


def _en_une_ligne(periode: Periode) -> str:
    autour = " puis du ".join(dates.jour_et_heure_limite(limite) for limite in periode.limites)
    annonces = (
        " ".join(map(_evenement, periode.evenements)) or "Ni incident ni maintenance annoncés."
    )
    return f"Heure limite du {autour}. {mesures.en_bref(periode.sante)} {annonces}"


def service(periode: Periode | Certificat, titre: str = ETAT) -> d.Chapitre:
    debut, fin = (dates.jour_et_heure(instant) for instant in (periode.debut, periode.fin))
    blocs = [
        d.Paragraphe(d.phrase(phrase))
        for phrase in mesures.en_phrases(periode.sante, fenetre=(debut, fin))
    ]
    if not periode.evenements:
        phrase = f"Du {debut} au {fin}, aucun incident ni maintenance n'a été annoncé."
        return d.Chapitre(titre, (*blocs, d.Paragraphe(d.phrase(phrase))))
    annonces = d.Liste(tuple(d.phrase(_evenement(une)) for une in periode.evenements))
    return d.Chapitre(titre, (*blocs, annonces))


def _evenement(evenement: Evenement) -> str:
    debut = dates.jour_et_heure(evenement.commence_le)
    fin = (
        f"jusqu'au {dates.jour_et_heure(evenement.fini_le)}"
        if evenement.fini_le
        else "encore en cours"
    )
    return (
        f"{evenement.get_sorte_display()} {numero(evenement)} : {evenement.titre}, "
        f"depuis le {debut}, {fin}."
    )


def ce_que_cela_vaut(titre: str, dits: Sequence[str]) -> d.Chapitre:
    return d.Chapitre(titre, (d.Liste(tuple(d.phrase(dit) for dit in (*dits, VERIFIER))),))
