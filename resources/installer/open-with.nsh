; Adds the program to "Open with" for what it imports, without making it anybody's default. For this user only.
; The list is that of scripts/packaging/file-types.ts; a test compares the two.

!macro dragomanSupports EXTENSION
  WriteRegStr HKCU "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" ".${EXTENSION}" ""
!macroend

!macro customInstall
  WriteRegStr HKCU "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr HKCU "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro dragomanSupports "txt"
  !insertmacro dragomanSupports "tsv"
  !insertmacro dragomanSupports "tab"
  !insertmacro dragomanSupports "gz"
  !insertmacro dragomanSupports "xz"
  !insertmacro dragomanSupports "zst"
!macroend

!macro customUnInstall
  DeleteRegKey HKCU "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!macroend
