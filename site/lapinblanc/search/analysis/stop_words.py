"""Words that say nothing of what is sought, per language, with their accents: « dé » and « thé » are not among them."""

FRENCH = """
à a ai au aux avec ça car ce ceci cela ces cet cette chez ci comme d dans de des deux-mêmes du elle elles en entre es est et étaient était étant
été eu eux fait fut il ils j je la là le les leur leurs lui l m ma mais me même mes moi mon n ne ni nos notre nous on ont ou où par
pas plus pour qu quand que quel quelle quelles quels qui s sa sans se selon sera ses si son sont soi sous sur t ta tandis te tes toi ton très tu
un une vers vos votre vous y c x etc afin ainsi alors aussi autre autres avoir avait avez bien chaque dont donc dès encore être
faire ici jamais jusque lors peu peut puis quelque quelques tel telle tels telles toujours tous tout toute toutes trop
""".split()
ENGLISH = """
a about after all also an and any are as at be because been before being both but by can could did do does doing during each for from
further had has have having he her here hers him his how i if in into is it its just me more most my no nor not now of off on once
only or other our ours out over own s same she so some such t than that the their theirs them then there these they this those to too under
until very was we were what when where which while who why will with would you your yours x
""".split()
# « été » is summer, « fait » stands in « fait main », « faire » in « faire part », « sous » in « sous verre »: all are kept.
STOP_WORDS = {"fr": frozenset(FRENCH) - {"été", "fait", "faire", "sans", "sous"}, "en": frozenset(ENGLISH)}
