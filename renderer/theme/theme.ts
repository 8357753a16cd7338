/** All faces and global sheets, in the order in which they override each other. */
import '@fontsource-variable/source-sans-3/wght.css';
import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource-variable/source-code-pro/wght.css';
import '@fontsource-variable/noto-sans-sc/wght.css';
import '@fontsource-variable/noto-sans-jp/wght.css';
import './faces.css';
import './tokens.css';
import './base.css';
import './text.css';
import './words.css';
